"""What matching asks people."""
