"""The doors through which an office writes: change, correct, reorganise, de-duplicate, annul."""
