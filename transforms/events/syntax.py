"""The dependency parse around a word: children, conjuncts, prepositional phrases, modifiers, the verb over it, whether a verb is passive.

Labels are those of spaCy's English models (ClearNLP: clearnlp.github.io/clearnlp-guidelines). The functions take a token and read the
parse around it; none changes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from transforms.language.parse import Token

# Tags of nouns for one.
SINGULAR = frozenset({"NN", "NNP"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
# Steps up a parse: more is a parse gone wrong.
CAP = 12


def child(token: Token, *labels: str) -> Token | None:
    """The first child with one of the labels."""
    return next((each for each in token.children if each.dep_ in labels), None)


def conjuncts(token: Token) -> list[Token]:
    """A token and what is coordinated with it, in order of the text; what hangs on a name in apposition is (`the minister, A, and his guest`)."""
    found = [token]
    for each in found:
        found.extend(other for other in each.children if other.dep_ == "conj" and other not in found)
        if each.pos_ == "NOUN":
            names = (name for name in each.children if name.dep_ == "appos" and name.pos_ == "PROPN")
            found.extend(other for name in names for other in name.children if other.dep_ == "conj" and other not in found)
        if len(found) > 60:
            break
    return found


def is_verb(token: Token) -> bool:
    """Whether a token is a verb form that heads a clause or a participle."""
    return token.pos_ in ("VERB", "AUX") or (
        # `The Armed Forces launch airstrikes`: the tagger's noun has an object
        (token.pos_ == "NOUN" and token.dep_ == "ROOT" and any(child.dep_ == "dobj" and child.i > token.i for child in token.children))
        or (token.pos_ == "ADJ" and token.dep_ in ("ROOT", "advcl", "ccomp", "relcl") and any(child.dep_ == "dobj" for child in token.children))
    )


def is_passive(verb: Token) -> bool:
    """Whether a verb stands in the passive, reduced relatives among them (`missiles launched by Russia`)."""
    if any(each.dep_ in ("auxpass", "nsubjpass", "agent") for each in verb.children):
        return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ == "acl" and not any(each.dep_ == "aux" and each.lemma_ == "have" for each in verb.children):
        return True  # but not `their claim to have shot it down`
    if any(each.dep_ == "aux" and each.lemma_ in ("have", "be") for each in verb.children):
        return False
    return verb.dep_ == "conj" and is_verb(verb.head) and not own_subject(verb) and is_passive(verb.head)


def own_subject(verb: Token) -> Token | None:
    """The subject that hangs on a verb itself, also one that the tagger takes for a part of it."""
    own = child(verb, "nsubj", "nsubjpass")
    if own is None and verb.tag_ in ("VBP", "VBZ", "VBD", "NN", "NNS") and verb.dep_ == "ROOT":
        # `Islamic State militants launch attacks`, read as one noun
        # … and `USAID announces`, read as an adverb
        own = next(
            (
                each
                for each in verb.children
                if each.i == verb.i - 1
                and ((each.dep_ == "compound" and each.pos_ in ("NOUN", "PROPN")) or (each.dep_ == "advmod" and each.text.isupper() and len(each) > 2))
            ),
            None,
        )
    return own


def objects_of(preposition: Token) -> list[Token]:
    """The nouns behind a preposition with their conjuncts, those behind a second one among them: `from inside Lebanon`."""
    found = []
    for each in preposition.children:
        if each.dep_ in ("pobj", "pcomp"):
            found.extend(conjuncts(each))
        elif each.dep_ == "prep":
            found.extend(objects_of(each))
    for each in preposition.children:
        if each.dep_ == "conj" and each.pos_ == "ADP":
            found.extend(objects_of(each))
    return found


def prepositions(token: Token) -> Iterator[tuple[str, list[Token]]]:
    """The prepositional phrases of a token: the preposition's words and its objects with their conjuncts."""
    for each in token.children:
        if each.dep_ in ("prep", "agent", "dative") and each.pos_ in ("ADP", "SCONJ", "VERB", "ADV", "PART"):
            yield each.lower_, objects_of(each)


def modifiers(noun: Token) -> list[Token]:
    """What stands before a noun and says whose or of which kind it is, nested compounds included; possessors are not among them."""
    found = []
    for each in noun.children:
        if each.dep_ in ("compound", "amod", "nmod", "npadvmod", "quantmod") or (each.dep_ == "det" and each.pos_ == "PROPN"):
            found.append(each)
            found.extend(modifiers(each))
            found.extend(other for other in each.children if other.dep_ == "conj")
    return found


def governing_verb(token: Token) -> Token | None:
    """The verb whose object, subject or complement a noun is, through prepositions and coordination."""
    current = token
    for _ in range(CAP):
        head = current.head
        if head == current:
            return None
        if is_verb(head):
            return head
        # `accused each other of strikes`: the parser hangs the phrase on `other`
        if head.pos_ not in ("ADP", "SCONJ", "PART") and current.dep_ not in ("conj", "appos") and head.lower_ != "other":
            return None
        current = head
    return None


def clause_verb(token: Token) -> Token | None:
    """The verb of the clause that a trigger stands in."""
    return token if is_verb(token) else governing_verb(token)


def ancestors(token: Token, limit: int = CAP) -> Iterator[tuple[Token, str]]:
    """The tokens above, from near to far, each with the label by which the one below hangs on it."""
    current = token
    for _ in range(limit):
        if current.head == current:
            return
        yield current.head, current.dep_
        current = current.head


def left_edge(tokens: Iterable[Token]) -> int:
    """Where the first of some tokens begins in its sentence."""
    return min(each.idx for each in tokens)
