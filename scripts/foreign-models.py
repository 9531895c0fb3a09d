#!/usr/bin/python3
"""Makes two models as other tools would, to hold atmr-ml to: a forest and a small neural network.

Usage: foreign-models.py TABLE.csv FOLDER

TABLE.csv holds booking_id, columns of features and, last, actual_delay_minutes. Writes into FOLDER

  forest.onnx    a RandomForestRegressor of 100 trees, some 35 MB, one TreeEnsembleRegressor
  network.onnx   an MLPRegressor as Gemm and Relu
  scaling.json   the means and scales that the network's inputs are standardised by
  reference.json rows of features and what scikit-learn answers to each

and needs scikit-learn and onnx only (Debian: python3-sklearn python3-onnx).
"""
import csv
import json
import os
import sys

import numpy as np
import onnx
from sklearn.ensemble import RandomForestRegressor
from sklearn.neural_network import MLPRegressor

from sklearn_to_onnx import forest_model, network_model

REFERENCE_ROWS = 500


def main(table_path, folder):
    names, features, delays = read_table(table_path)
    forest = RandomForestRegressor(n_estimators=100, random_state=1, n_jobs=1).fit(features, delays)
    mean, scale = features.mean(axis=0), features.std(axis=0)
    scale[scale == 0] = 1
    standardised = (features - mean) / scale
    network = MLPRegressor((32, 16), random_state=1, max_iter=60, early_stopping=True).fit(standardised, delays)
    onnx.save(forest_model(forest, len(names)), os.path.join(folder, "forest.onnx"))
    onnx.save(network_model(network, len(names)), os.path.join(folder, "network.onnx"))
    rows = features[:REFERENCE_ROWS]
    dump(folder, "scaling.json", {"mean": mean.tolist(), "scale": scale.tolist()})
    dump(folder, "reference.json", {
        "features": names,
        "rows": rows.tolist(),
        "forest": forest.predict(rows).tolist(),
        "network": network.predict(standardised[:REFERENCE_ROWS]).tolist(),
    })


def read_table(path):
    with open(path, newline="") as file:
        header, *rows = csv.reader(file)
    # 32-bit floats, as the model will see them.
    values = np.array(rows, dtype=np.float32).astype(np.float64)
    return header[1:-1], values[:, 1:-1], values[:, -1]


def dump(folder, name, document):
    with open(os.path.join(folder, name), "w") as file:
        json.dump(document, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
