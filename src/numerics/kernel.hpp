#pragma once
// How loops over arrays become vector code without changing a bit of the answer.

#ifdef __FAST_MATH__
#error \
    "fast-math reorders sums and folds the rounding steps below: the answers would change silently"
#endif

/// Before the definition of an outermost loop over arrays: g++ on x86 compiles it three times, and
/// the processor chooses when the program is loaded. Every version gives the same bits, since the
/// loops are element-wise and contraction is off. `flatten` is needed, or the calls inside would go
/// to the baseline version. clang refuses the pair; sanitizers and other processors do without.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__linux__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define DELIAN_KERNEL __attribute__((flatten, target_clones("avx512f", "avx2", "default")))
#else
#define DELIAN_KERNEL
#endif

/// Before a loop in which element k depends on nothing but element k of each array. Input and
/// output may then be the same array (but must not overlap otherwise). clang has such a pragma too,
/// but warns where it finds no use for it.
#if defined(__GNUC__) && !defined(__clang__)
#define DELIAN_ELEMENTWISE _Pragma("GCC ivdep")
#else
#define DELIAN_ELEMENTWISE
#endif
