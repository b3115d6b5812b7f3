told_by_parts IS NOT TRUE
