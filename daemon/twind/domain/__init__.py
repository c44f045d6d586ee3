"""Values and rules of the product. Standard library only, no input or output."""
