"""The public application: the widget, share links and the OpenAI-compatible API."""
