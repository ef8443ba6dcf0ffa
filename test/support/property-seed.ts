import fc from "fast-check";

// Property-based tests draw the same cases every time; MCWF_TEST_SEED=... looks further.
fc.configureGlobal({ seed: Number(process.env.MCWF_TEST_SEED ?? 20210928) });
