"""qutip_mesolve.py MODEL [NAME=VALUE ...]: seconds of the master equation by the quickest of several integrators; JSON."""

import json
import sys
from time import process_time

import qutip
from qutip_models import build

METHODS = ["adams", "vern7"]


def seconds(problem, method):
    start = process_time()
    qutip.mesolve(
        problem["H"],
        problem["state"],
        problem["tlist"],
        problem["c_ops"],
        e_ops=problem["e_ops"],
        options={"method": method, "progress_bar": "", "nsteps": 100000},
    )
    return process_time() - start


model, *settings = sys.argv[1:]
problem = build(model, settings)
times = {method: seconds(problem, method) for method in METHODS}
best = min(times, key=times.get)
print(json.dumps({"seconds": times[best], "setting": best, "version": qutip.__version__}))
