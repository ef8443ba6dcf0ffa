import { testRandomModels } from "./random-properties.js";

/** A sample: the slow suite takes more of the same. */
testRandomModels(4);
