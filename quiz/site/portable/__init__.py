"""The site as a zip that opens from the disk, where browsers let pages load neither modules nor data."""
