"""The matching engine: facts and arrays in, arrays out; nothing here knows Django."""
