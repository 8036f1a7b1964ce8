"""Test objects, one module an app."""
