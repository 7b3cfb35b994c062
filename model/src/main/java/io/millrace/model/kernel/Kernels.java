package io.millrace.model.kernel;

import java.lang.reflect.InvocationTargetException;

/** Chooses a kernel by name. */
public final class Kernels {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final String REMEDY = "start Java with --add-modules=" + VECTOR_MODULE;

  private Kernels() {}

  /**
   * @param name {@code auto}, {@code simd}, {@code nd4j} or {@code scalar}
   * @throws IllegalArgumentException when there is no such kernel, or not in this JVM
   */
  public static KernelChoice choose(String name) {
    return switch (name) {
      case "auto" -> automatic();
      case "simd" -> simd();
      case "nd4j" ->
        new KernelChoice(instance("io.millrace.model.kernel.nd4j.Nd4jKernel"), "asked for");
      case "scalar" -> new KernelChoice(new ScalarKernel(), "asked for");
      default ->
        throw new IllegalArgumentException(
            "kernel rejected: field=name, actual=" + name + ". Choose auto, simd, nd4j or scalar.");
    };
  }

  private static KernelChoice automatic() {
    return hasVectorModule()
        ? new KernelChoice(
            instance("io.millrace.model.kernel.simd.SimdKernel"), "the Vector API is present")
        : new KernelChoice(
            new ScalarKernel(), "the Vector API is absent; " + REMEDY + " for the fast kernel");
  }

  private static KernelChoice simd() {
    if (!hasVectorModule()) {
      throw new IllegalArgumentException("kernel rejected: field=name, actual=simd, module="
          + VECTOR_MODULE + ", present=false. Please " + REMEDY + ".");
    }
    return new KernelChoice(instance("io.millrace.model.kernel.simd.SimdKernel"), "asked for");
  }

  private static boolean hasVectorModule() {
    return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
  }

  /** By name: the class of a kernel that was not chosen must not be linked, for what it needs may be absent or heavy. */
  private static Kernel instance(String className) {
    try {
      return (Kernel) Class.forName(className).getDeclaredConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("kernel not started: class=" + className, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("kernel not found: class=" + className, e);
    }
  }
}
