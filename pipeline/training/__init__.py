"""`dateline train`: the judge's weights from annotation and from sentences judged by reading."""
