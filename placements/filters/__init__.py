"""The lists people search: filters, counts, pages."""
