/** ONNX Runtime as a peer. Parameters of ours enter, and become an ONNX network; nothing leaves but times. */
package io.millrace.benchmarks.onnxruntime;
