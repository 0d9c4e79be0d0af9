"""Two who do not know each other are put in touch, once both have said yes."""
