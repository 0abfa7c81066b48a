#include "delian/landing.hpp"

namespace delian {

// tests/replication/deu3_test.cpp learns them again.
const LandingWeights& landing_weights() {
  static const LandingWeights weights{
      "deu3-2026-11",
      {0.4858, 0.3837, 0.0767, 0.0538},
      0.5,
      "Learned in November 2026 by mean CRPS with a ridge towards 8 : 8 : 2 : 1 on 258 decided "
      "issues of 103 EU proposals, 1996-2019 (DEU III, Arregui & Perarnaud 2021, CC BY 4.0). No "
      "other body has been tested."};
  return weights;
}

}  // namespace delian
