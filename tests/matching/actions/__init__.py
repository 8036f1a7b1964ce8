"""Tests of matching's actions."""
