/* What one event cannot be faster than on this machine: its weights, read once and multiplied once.
 *
 *   gcc -O3 -funroll-loops -march=native benchmarks/bound.c -o /tmp/bound && /tmp/bound
 *
 * Needs AVX-512. The fastest of many tries each, since a neighbour's load only ever makes one slower.
 */
#include <immintrin.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { LANES = 16, SUMS = 8, TRIES = 300, REPEATS = 200 };

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

static float pass(const float *weights, int count, float input) {
  __m512 sums[SUMS];
  for (int s = 0; s < SUMS; s++) sums[s] = _mm512_setzero_ps();
  __m512 x = _mm512_set1_ps(input);
  for (int w = 0; w < count; w += LANES * SUMS) {
    for (int s = 0; s < SUMS; s++) {
      sums[s] = _mm512_fmadd_ps(_mm512_load_ps(weights + w + LANES * s), x, sums[s]);
    }
  }
  float total = 0;
  for (int s = 0; s < SUMS; s++) total += _mm512_reduce_add_ps(sums[s]);
  return total;
}

static void report(const char *what, const float *weights, int count) {
  double fastest = 1;
  float total = 0;
  for (int t = 0; t < TRIES; t++) {
    double start = seconds();
    for (int r = 0; r < REPEATS; r++) total += pass(weights, count, r);
    double taken = (seconds() - start) / REPEATS;
    if (taken < fastest) fastest = taken;
  }
  printf("%-8s %6d KiB: %.3f us, %.0f GB/s, %.0f GFMA/s (%g)\n", what, count / 256, fastest * 1e6,
         count * sizeof(float) / fastest * 1e-9, count / fastest * 1e-9, total);
}

int main(void) {
  int sizes[][3] = {{8, 32, 1}, {16, 64, 1}, {16, 64, 2}, {16, 128, 1}, {16, 256, 1}, {64, 512, 1}};
  for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
    int inputs = sizes[s][0], hidden = sizes[s][1], layers = sizes[s][2];
    int count = 4 * hidden * (inputs + hidden) + (layers - 1) * 8 * hidden * hidden;
    float *weights = aligned_alloc(64, count * sizeof(float));
    for (int w = 0; w < count; w++) weights[w] = w * 1e-7f;
    char name[32];
    snprintf(name, sizeof name, "F%d-H%d-L%d", inputs, hidden, layers);
    report(name, weights, count);
    free(weights);
  }
  float *near = aligned_alloc(64, 4096 * sizeof(float));
  for (int w = 0; w < 4096; w++) near[w] = w * 1e-7f;
  report("from L1", near, 4096);
  free(near);
}
