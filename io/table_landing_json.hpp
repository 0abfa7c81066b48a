#pragma once
// Where models land on a table, as JSON.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "delian/table_landing.hpp"

namespace delian::io {

/// Format "delian-landings/1" (docs/import.md): for each of `issues` the landing of each model in
/// full precision, or what the model lacks; rounds where they were kept. Ends with a newline.
std::string to_json(const ActorTable& table, std::span<const ModelOnTable> models,
                    std::span<const std::size_t> issues, std::string_view source);

/// The registry of bargaining models with their parameters, as JSON. Ends with a newline.
std::string to_json(std::span<const BargainingModel* const> models);

}  // namespace delian::io
