import { parseModel } from "#src/model/file.js";
import type { Model } from "#src/model/model.js";

/** A model from the text of a model file. */
export const read = (text: string): Model => parseModel(text, { file: "test.yaml" }).model;
