"""References people can say aloud: random, not guessable, never sequential."""

import secrets

# Crockford's base 32 leaves out I, L, O and U: https://www.crockford.com/base32.html
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8


def new_reference(prefix: str) -> str:
    """Make a reference such as ``OP-7K3Q9M2X``: 40 random bits behind the prefix."""
    return f"{prefix}-{''.join(secrets.choice(ALPHABET) for _ in range(LENGTH))}"


def opportunity_reference() -> str:
    """Name an opportunity."""
    return new_reference("OP")


def application_reference() -> str:
    """Name an application."""
    return new_reference("AP")


def placement_reference() -> str:
    """Name a placement."""
    return new_reference("PL")


def search_reference() -> str:
    """Name a saved search."""
    return new_reference("SS")


def list_reference() -> str:
    """Name a list of choices in a matching round."""
    return new_reference("RL")
