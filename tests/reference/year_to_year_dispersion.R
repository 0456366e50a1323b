# Expected values for tests/comparisons/test_dispersion.py: R's quasi-Poisson model of each pair of years.
# Run: Rscript year_to_year_dispersion.R   (R 4.2.2; reads year_to_year_panels.csv beside it and the shipped
# counts and residents; writes year_to_year_dispersion.csv)
options(digits = 17, scipen = 999, stringsAsFactors = FALSE)
data <- "../../src/ukcso/datasets/data"

# Financial years of the shipped counts, complete ones only, with residents aged 0 to 17 mid-year
shipped <- function(code) {
  crime <- read.csv(file.path(data, "recorded_crime/v1.csv"))
  crime <- crime[crime$offence_code == code & crime$area_id != "city-of-london" &
                   crime$area_id != "british-transport-police" & !is.na(crime$offences), ]
  start <- as.Date(crime$period_start)
  crime$first <- as.integer(format(start, "%Y")) - (as.integer(format(start, "%m")) < 4)
  sums <- aggregate(offences ~ area_id + first, crime, sum)
  quarters <- aggregate(offences ~ area_id + first, crime, length)
  sums <- sums[quarters$offences == 4, ]
  people <- read.csv(file.path(data, "population/v2.csv"))
  people <- people[people$age_band == "0-17" & people$basis == "ons_mye_2021census_rebased", ]
  people <- people[order(-people$preferred), ]
  people <- people[!duplicated(people[c("area_id", "mid_year")]), ]
  rows <- merge(sums, people, by.x = c("area_id", "first"), by.y = c("area_id", "mid_year"))
  data.frame(panel = code, area_id = rows$area_id, first = rows$first, count = rows$offences,
             population = rows$population)
}

made_up <- read.csv("year_to_year_panels.csv")
made_up$first <- as.integer(substr(made_up$period, 1, 4))
made_up$period <- NULL
panels <- rbind(made_up[c("panel", "area_id", "first", "count", "population")], shipped("86"), shipped("88A"))

pair_of <- function(rows, first, apart) {
  both <- merge(rows[rows$first == first, ], rows[rows$first == first + apart, ], by = "area_id")
  both <- both[both$count.x + both$count.y > 0, ] # without any offence an area has nothing to fit
  if (nrow(both) < 2) return(NULL)
  long <- data.frame(area = rep(both$area_id, 2), year = rep(c("a", "b"), each = nrow(both)),
                     count = c(both$count.x, both$count.y), population = c(both$population.x, both$population.y))
  long$exposure <- if (anyNA(long$population)) 1 else long$population
  # All 50 steps are made, for the dispersion is of the weights one step back; R says it did not stop earlier.
  fit <- suppressWarnings(glm(count ~ area + year + offset(log(exposure)), family = quasipoisson, data = long,
                              control = glm.control(epsilon = 1e-300, maxit = 50)))
  data.frame(panel = rows$panel[1], apart = apart, first = first, areas = nrow(both),
             statistic = sum(residuals(fit, "pearson")^2), dispersion = summary(fit)$dispersion)
}
found <- do.call(rbind, lapply(split(panels, panels$panel), function(rows)
  do.call(rbind, lapply(1:2, function(apart)
    do.call(rbind, lapply(sort(unique(rows$first)), function(first) pair_of(rows, first, apart)))))))
found[] <- lapply(found, function(column) if (is.double(column)) sprintf("%.17g", column) else column)
write.csv(found, "year_to_year_dispersion.csv", row.names = FALSE, quote = FALSE)
