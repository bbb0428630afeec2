"""The audit, read: searched, filtered, said in words, exported."""
