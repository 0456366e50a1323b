# Expected values for tests/comparisons/test_ranks.py: marginal confidence sets of ranks by csranks 1.2.2
# (https://github.com/danielwilhelm/R-CS-ranks, commit bd4f755; Mogstad, Romano, Shaikh and Wilhelm 2024), with
# 20,000 bootstrap draws. Run: Rscript rank_sets.R FOLDER   where FOLDER holds the package's R files (R 4.2.2).
folder <- commandArgs(trailingOnly = TRUE)[1]
for (name in c("argument_checks", "diffmeans", "rank_utils", "ranks", "utilityfunctions"))
  source(file.path(folder, paste0(name, ".R")))
data <- "../../src/ukcso/datasets/data"
crime <- read.csv(file.path(data, "recorded_crime/v1.csv"))
people <- read.csv(file.path(data, "population/v2.csv"))
people <- people[people$age_band == "0-17" & people$basis == "ons_mye_2021census_rebased" &
                   people$mid_year == 2022 & people$preferred == 1, ]
pairs <- read.csv("year_to_year_dispersion.csv")
pairs <- pairs[pairs$apart == 1, ]

# Pairs parted by a break are no part of the dispersion: recording in 2014/15, the new offence of 2017/18 in 88A.
parted <- list("86" = c(2013, 2014), "88A" = c(2013, 2014, 2016))
sets_of <- function(code) {
  own <- pairs[pairs$panel == code & !(pairs$first %in% parted[[code]]), ]
  phi <- sum(own$statistic) / sum(own$areas - 1)
  year <- crime[crime$offence_code == code & crime$period_start >= "2022-04-01" & crime$period_start < "2023-04-01" &
                  !(crime$area_id %in% c("city-of-london", "british-transport-police")), ]
  counts <- aggregate(offences ~ area_id, year, sum)
  rows <- merge(counts, people, by = "area_id")
  sets <- csranks(sqrt(rows$offences / rows$population), diag(phi / 4 / rows$population), simul = FALSE,
                  R = 20000, seed = 1)
  data.frame(code, area_id = rows$area_id, rank = sets$rank, rank_lower = sets$L, rank_upper = sets$U)
}
write.csv(rbind(sets_of("86"), sets_of("88A")), "rank_sets.csv", row.names = FALSE, quote = FALSE)
