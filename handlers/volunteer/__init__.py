"""Finding where to help: the search, the missions, what one does with them."""
