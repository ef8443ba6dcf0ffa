"""qutip_mesolve.py MODEL [NAME=VALUE ...]: processor seconds of the master equation by the quickest of QuTiP's settings; JSON."""

import json
import sys

import qutip
from qutip_fastest import METHODS, fastest, in_layer, options, seconds
from qutip_models import build

# By matrices, rho' = A rho + rho A^+ + sum L rho L^+, or by one superoperator.
FORMS = ["matrices", "superoperator"]
# A trial is given the first of this many parts of the times.
PARTS = 4


def solve(problem, method, form, tlist):
    qutip.mesolve(
        problem["H"],
        problem["state"],
        tlist,
        problem["c_ops"],
        e_ops=problem["e_ops"],
        options=options(method, matrix_form=form == "matrices"),
    )


model, *settings = sys.argv[1:]
problem = build(model, settings)
tlist = problem["tlist"]
some = tlist[: len(tlist) // PARTS]
pair = build("pair", [])
for form in FORMS:
    solve(pair, METHODS[0], form, pair["tlist"])
candidates = fastest(
    problem,
    problem["state"].shape[0] ** 2,
    FORMS,
    lambda problem, method, form: solve(problem, method, form, some),
)


def whole(form, layer, method):
    chosen = in_layer(problem, layer)
    return seconds(lambda: solve(chosen, method, form, tlist))


taken, (form, layer, method) = min((whole(*candidate), candidate) for candidate in candidates)
print(json.dumps({"seconds": taken, "setting": f"{method}, {form}, {layer}", "version": qutip.__version__}))
