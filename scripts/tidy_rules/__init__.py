"""The rules that scripts/tidy.py applies; each one is explained where it is checked."""
