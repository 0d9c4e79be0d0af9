"""Rest days given: to an association, to a colleague; the employer and the receiver."""
