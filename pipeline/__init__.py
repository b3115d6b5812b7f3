"""The program around the transforms: graph, options, runs, the command line, and what asks the store."""
