"""A gift by a company: what it gives back, the papers, and the side that receives."""
