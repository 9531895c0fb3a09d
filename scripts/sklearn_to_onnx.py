#!/usr/bin/python3
"""Converts a pickled scikit-learn model to ONNX with the onnx package alone, where skl2onnx cannot be installed.

Usage: sklearn_to_onnx.py MODEL.pkl MODEL.onnx

Takes forests (RandomForestRegressor, ExtraTreesRegressor) and networks (MLPRegressor with ReLU). A pickle runs code
when it is read: open only your own. Needs the scikit-learn version that wrote it (Debian: python3-sklearn python3-onnx).
"""
import pickle
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from sklearn.ensemble import ExtraTreesRegressor, RandomForestRegressor
from sklearn.neural_network import MLPRegressor


def main(pickle_path, onnx_path):
    with open(pickle_path, "rb") as file:
        model = pickle.load(file)
    onnx.save(converted(model), onnx_path)


def converted(model):
    if isinstance(model, (RandomForestRegressor, ExtraTreesRegressor)):
        return forest_model(model, model.n_features_in_)
    if isinstance(model, MLPRegressor) and model.activation == "relu":
        return network_model(model, model.n_features_in_)
    sys.exit(f"{type(model).__name__} is not converted here; use skl2onnx, or onnxmltools for XGBoost and LightGBM.")


def forest_model(forest, width):
    """scikit-learn asks x <= threshold in 64 bits, ONNX in 32: the threshold is rounded down to a 32-bit float."""
    columns = {name: [] for name in ("treeids", "nodeids", "featureids", "values", "modes", "hitrates",
                                     "truenodeids", "falsenodeids", "missing_value_tracks_true")}
    votes = {name: [] for name in ("treeids", "nodeids", "ids", "weights")}
    for number, estimator in enumerate(forest.estimators_):
        tree = estimator.tree_
        leaf = tree.children_left < 0
        count = tree.node_count
        columns["treeids"] += [number] * count
        columns["nodeids"] += range(count)
        columns["featureids"] += np.where(leaf, 0, tree.feature).tolist()
        columns["values"] += np.where(leaf, 0, rounded_down(tree.threshold)).tolist()
        columns["modes"] += np.where(leaf, "LEAF", "BRANCH_LEQ").tolist()
        columns["hitrates"] += tree.weighted_n_node_samples.tolist()
        columns["truenodeids"] += np.where(leaf, 0, tree.children_left).tolist()
        columns["falsenodeids"] += np.where(leaf, 0, tree.children_right).tolist()
        columns["missing_value_tracks_true"] += [0] * count
        votes["treeids"] += [number] * int(leaf.sum())
        votes["nodeids"] += np.flatnonzero(leaf).tolist()
        votes["ids"] += [0] * int(leaf.sum())
        votes["weights"] += tree.value[leaf, 0, 0].tolist()
    attributes = {f"nodes_{name}": values for name, values in columns.items()}
    attributes.update({f"target_{name}": values for name, values in votes.items()})
    node = helper.make_node("TreeEnsembleRegressor", ["features"], ["variable"], domain="ai.onnx.ml",
                            n_targets=1, aggregate_function="AVERAGE", **attributes)
    return model_of([node], [], width)


def rounded_down(thresholds):
    single = thresholds.astype(np.float32)
    above = single.astype(np.float64) > thresholds
    single[above] = np.nextafter(single[above], np.float32(-np.inf))
    return single


def network_model(network, width):
    nodes, weights, value = [], [], "features"
    for layer, (matrix, bias) in enumerate(zip(network.coefs_, network.intercepts_)):
        last = layer == len(network.coefs_) - 1
        weights += [numpy_helper.from_array(matrix.astype(np.float32), f"w{layer}"),
                    numpy_helper.from_array(bias.astype(np.float32), f"b{layer}")]
        result = "variable" if last else f"sum{layer}"
        nodes.append(helper.make_node("Gemm", [value, f"w{layer}", f"b{layer}"], [result]))
        if not last:
            nodes.append(helper.make_node("Relu", [result], [f"active{layer}"]))
            value = f"active{layer}"
    return model_of(nodes, weights, width)


def model_of(nodes, initializers, width):
    table = helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, width])
    minutes = helper.make_tensor_value_info("variable", TensorProto.FLOAT, [None, 1])
    graph = helper.make_graph(nodes, "model", [table], [minutes], initializers)
    opsets = [helper.make_opsetid("", 13), helper.make_opsetid("ai.onnx.ml", 3)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


if __name__ == "__main__":
    main(*sys.argv[1:])
