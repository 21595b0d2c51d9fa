"""The sets that can be evaluated."""

from candidacy.evaluation.faq import FAQ
from candidacy.evaluation.labelled_set import LabelledSet
from candidacy.evaluation.redflags import REDFLAGS
from candidacy.evaluation.screening import SCREENING

SETS: dict[str, LabelledSet] = {labelled_set.name: labelled_set for labelled_set in (FAQ, REDFLAGS, SCREENING)}
