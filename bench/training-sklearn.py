#!/usr/bin/python3
"""The peer of bench/training.ts: fits scikit-learn's HistGradientBoostingRegressor, in as many threads as OMP_NUM_THREADS says.

Reads orders from stdin, one JSON document a line: the folder of a table (features.f32 row after row, minutes.f64), its
width, how many of its rows to learn from, and settings of the regressor. Answers each with a line: the milliseconds of the
fit alone, and the mean absolute error and R² on the other rows.
"""
import json
import os
import sys
import time

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor


def answer(order):
    minutes = np.fromfile(os.path.join(order["folder"], "minutes.f64"))
    features = np.fromfile(os.path.join(order["folder"], "features.f32"), dtype=np.float32)
    # scikit-learn computes in 64 bits, and would convert within the fit.
    features = features.reshape(len(minutes), order["width"]).astype(np.float64)
    learned = order["learned"]
    regressor = HistGradientBoostingRegressor(random_state=1, **order["settings"])
    start = time.perf_counter()
    regressor.fit(features[:learned], minutes[:learned])
    took = time.perf_counter() - start
    actual = minutes[learned:]
    errors = regressor.predict(features[learned:]) - actual
    r2 = 1 - (errors**2).sum() / ((actual - actual.mean()) ** 2).sum()
    return {"ms": took * 1000, "mae": float(np.abs(errors).mean()), "r2": float(r2)}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
