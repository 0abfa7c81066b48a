#include "delian/body.hpp"

#include <algorithm>

namespace delian {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_text(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

bool is_named(const Name& name, const std::vector<std::string>& aliases, std::string_view text) {
  return same_text(name.en, text) || same_text(name.fr, text) ||
         std::any_of(aliases.begin(), aliases.end(),
                     [&](const std::string& alias) { return same_text(alias, text); });
}

bool covers(const Membership& membership, const Date& date) {
  return membership.joined.earliest() <= date.earliest() &&
         (!membership.left || date.earliest() < membership.left->earliest());
}

bool covers(const WeightSeries& series, const Date& date) {
  return series.from.earliest() <= date.earliest() &&
         (!series.until || date.earliest() <= series.until->latest());
}

bool is_of_kind(std::string_view id, std::string_view kind) {
  return id.substr(0, kind.size()) == kind && (id.size() == kind.size() || id[kind.size()] == '-');
}

}  // namespace

std::vector<std::string> Body::members_on(const Date& date) const {
  std::vector<std::string> codes;
  for (const Membership& m : memberships) {
    if (covers(m, date)) codes.push_back(m.code);
  }
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

const Membership* Body::find_membership(std::string_view code, const Date& date) const {
  const auto found = std::find_if(memberships.begin(), memberships.end(), [&](const Membership& m) {
    return m.code == code && covers(m, date);
  });
  return found == memberships.end() ? nullptr : &*found;
}

const WeightSeries* Body::find_weights(std::string_view weights_id) const {
  const auto found = std::find_if(weights.begin(), weights.end(),
                                  [&](const WeightSeries& s) { return s.id == weights_id; });
  return found == weights.end() ? nullptr : &*found;
}

const WeightSeries* Body::find_weights_on(std::string_view kind, const Date& date) const {
  const WeightSeries* best = nullptr;
  for (const WeightSeries& series : weights) {
    if (!is_of_kind(series.id, kind) || !covers(series, date)) continue;
    if (best == nullptr || best->from.earliest() < series.from.earliest()) best = &series;
  }
  return best;
}

const Body* Atlas::find_body(std::string_view id_name_or_alias) const {
  const auto found = std::find_if(bodies.begin(), bodies.end(), [&](const Body& body) {
    return same_text(body.id, id_name_or_alias) ||
           is_named(body.name, body.aliases, id_name_or_alias);
  });
  return found == bodies.end() ? nullptr : &*found;
}

const Country* Atlas::find_country(std::string_view code) const {
  const auto found = std::find_if(countries.begin(), countries.end(),
                                  [&](const Country& country) { return country.code == code; });
  return found == countries.end() ? nullptr : &*found;
}

const Country* Atlas::guess_country(std::string_view text) const {
  auto found = std::find_if(countries.begin(), countries.end(),
                            [&](const Country& country) { return same_text(country.code, text); });
  if (found == countries.end()) {
    found = std::find_if(countries.begin(), countries.end(), [&](const Country& country) {
      return is_named(country.name, country.aliases, text);
    });
  }
  return found == countries.end() ? nullptr : &*found;
}

}  // namespace delian
