"""Figure builders: a small frame in, a plotly figure description (a dict) out."""
