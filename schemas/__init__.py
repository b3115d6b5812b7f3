"""What a document, a mention, an actor and each event type is: one definition each; everything else follows from it."""
