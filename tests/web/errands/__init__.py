"""An app whose jobs the tests run."""
