"""qutip_mcsolve.py MODEL TRAJECTORIES [NAME=VALUE ...]: processor seconds a trajectory by the quickest of QuTiP's settings.

One process, serial map, QuTiP's own tolerances, trajectories by the law of waiting times from the start (no
`improved_sampling`). Prints JSON.
"""

import json
import sys

import qutip
from qutip_fastest import METHODS, fastest, in_layer, options, seconds
from qutip_models import build


def solve(problem, method, trajectories, seed):
    qutip.mcsolve(
        problem["H"],
        problem["state"],
        problem["tlist"],
        problem["c_ops"],
        e_ops=problem["e_ops"],
        ntraj=trajectories,
        options=options(method, map="serial", keep_runs_results=False, improved_sampling=False),
        seeds=seed,
    )


model, trajectories, *settings = sys.argv[1:]
trajectories = int(trajectories)
problem = build(model, settings)
# What is loaded on first use is no part of a trajectory.
solve(build("pair", []), METHODS[0], 1, 1)
few = max(1, trajectories // 10)
candidates = fastest(
    problem, problem["state"].shape[0], [""], lambda problem, method, form: solve(problem, method, few, 1)
)


def per_trajectory(form, layer, method):
    chosen = in_layer(problem, layer)
    return seconds(lambda: solve(chosen, method, trajectories, 2)) / trajectories


taken, (form, layer, method) = min((per_trajectory(*candidate), candidate) for candidate in candidates)
print(json.dumps({"seconds": taken, "setting": f"{method}, {layer}", "version": qutip.__version__}))
