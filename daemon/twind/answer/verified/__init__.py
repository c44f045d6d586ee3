"""Answers the owner vouches for, and whether a question asks for one of them."""
