"""The schema, a module for each numbered step."""
