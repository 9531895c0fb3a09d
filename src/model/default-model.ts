/** The model that comes with the program, and answers where the flag names none. */
export const DEFAULT_MODEL_NAME = 'delay_predictor';
export const DEFAULT_MODEL_FILE = `${DEFAULT_MODEL_NAME}.onnx`;
