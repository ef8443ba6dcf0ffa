import { testRandomModels } from "./random-properties.js";

testRandomModels(60);
