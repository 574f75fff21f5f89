"""The only room that touches the disk and the database: workspace, decision log, releases."""
