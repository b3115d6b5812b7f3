"""What the pipeline starts from: sample articles, frames and reference tables. Data, not code."""
