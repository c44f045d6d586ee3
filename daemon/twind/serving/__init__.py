"""What the owner's and the public application share: streams, problems, answers on the wire."""
