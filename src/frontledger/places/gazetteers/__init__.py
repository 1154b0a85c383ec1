"""Lists of places with names and coordinates: reading, indexing and searching them."""
