"""qutip_mcsolve.py MODEL TRAJECTORIES [NAME=VALUE ...]: seconds a trajectory by the quickest of several integrators.

One process, warm: a few trajectories of each integrator choose among them and load what is loaded on first use.
Tolerances are QuTiP's own. Prints JSON.
"""

import json
import sys
from time import process_time

import qutip
from qutip_models import build

METHODS = ["adams", "lsoda", "dop853", "vern7", "tsit5"]
# The quickest for many states, where a trial takes seconds.
METHOD_OF_MANY = "adams"
MANY = 500


def seconds(problem, method, trajectories):
    options = {"method": method, "map": "serial", "progress_bar": "", "keep_runs_results": False, "nsteps": 100000}
    start = process_time()
    qutip.mcsolve(
        problem["H"],
        problem["state"],
        problem["tlist"],
        problem["c_ops"],
        e_ops=problem["e_ops"],
        ntraj=trajectories,
        options=options,
        seeds=1,
    )
    return (process_time() - start) / trajectories


def trial(problem, method, trajectories):
    try:
        return seconds(problem, method, trajectories)
    except Exception as error:
        # Not every version has every integrator, and not every integrator manages every model.
        print(f"{method}: {error}", file=sys.stderr)
        return float("inf")


model, trajectories, *settings = sys.argv[1:]
problem = build(model, settings)
few = max(1, int(trajectories) // 10)
methods = METHODS if problem["state"].shape[0] < MANY else [METHOD_OF_MANY]
best = methods[0] if len(methods) == 1 else min(methods, key=lambda method: trial(problem, method, few))
print(
    json.dumps(
        {
            "seconds": seconds(problem, best, int(trajectories)),
            "setting": best,
            "version": qutip.__version__,
        }
    )
)
