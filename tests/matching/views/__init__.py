"""Tests of matching's views."""
