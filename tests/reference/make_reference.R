# Expected values for tests/stats/test_intervals_reference.py, made by R's own stats package.
# Run: Rscript make_reference.R   (R 4.2.2; writes the CSV files beside it)
options(digits = 17, scipen = 999)
write <- function(rows, name) {
  text <- sapply(rows, function(column) if (is.numeric(column)) sprintf("%.17g", column) else column)
  write.csv(text, name, row.names = FALSE, quote = FALSE)
}

# poisson.test: the exact (Garwood) limits of a Poisson count
grid <- expand.grid(count = c(0, 1, 2, 3, 5, 7, 9, 10, 11, 20, 50, 67, 119, 419, 674, 8224, 22724, 144216),
                    level = c(0.8, 0.9, 0.95, 0.99, 0.998))
limits <- t(mapply(function(x, level) poisson.test(x, conf.level = level)$conf.int, grid$count, grid$level))
write(cbind(grid, lower = limits[, 1], upper = limits[, 2]), "poisson_exact.csv")

# poisson.test with two counts: the exact conditional limits of a ratio of rates
pairs <- data.frame(count_1 = c(0, 1, 5, 5, 10, 200, 369, 419, 22724, 3),
                    exposure_1 = c(1, 1, 2, 365, 1, 365, 365, 366, 365, 0.5),
                    count_2 = c(3, 1, 9, 0, 20, 118, 303, 67, 18522, 7),
                    exposure_2 = c(1, 1, 3, 366, 1, 365, 366, 365, 365, 2))
grid <- merge(pairs, data.frame(level = c(0.9, 0.95, 0.99)))
limits <- t(mapply(function(x1, t1, x2, t2, level)
  poisson.test(c(x1, x2), c(t1, t2), conf.level = level)$conf.int,
  grid$count_1, grid$exposure_1, grid$count_2, grid$exposure_2, grid$level))
write(cbind(grid, lower = limits[, 1], upper = limits[, 2]), "rate_ratio_exact.csv")

# binom.test: the exact (Clopper-Pearson) limits; prop.test without correction: Wilson's
grid <- expand.grid(part = c(0, 1, 3, 10, 30, 119, 120, 146), whole = c(120, 146, 1000, 41246),
                    level = c(0.8, 0.95, 0.99))
grid <- grid[grid$part <= grid$whole, ]
exact <- t(mapply(function(x, n, level) binom.test(x, n, conf.level = level)$conf.int,
                  grid$part, grid$whole, grid$level))
wilson <- t(mapply(function(x, n, level)
  suppressWarnings(prop.test(x, n, conf.level = level, correct = FALSE)$conf.int),
  grid$part, grid$whole, grid$level))
write(cbind(grid, exact_lower = exact[, 1], exact_upper = exact[, 2],
            wilson_lower = wilson[, 1], wilson_upper = wilson[, 2]), "shares.csv")

# glm: the Pearson dispersion factor of counts around a common rate
count <- c(50, 61, 38, 95, 120, 47, 66, 81)
population <- c(210, 250, 190, 300, 410, 260, 240, 330)
fit <- glm(count ~ 1 + offset(log(population)), family = poisson)
write(data.frame(count, population, expected = fitted(fit),
                 dispersion = sum(residuals(fit, "pearson")^2) / (length(count) - 1)), "dispersion.csv")

# uniroot on pgamma: the counts x with P(X >= x | mean) = alpha / 2, between whole counts too
grid <- expand.grid(mean = c(0.5, 2, 7, 20, 70, 450.5, 12000), level = c(0.95, 0.998))
solve_for <- function(mean, p) uniroot(function(x) pgamma(mean, x) - p, c(1e-9, 2 * mean + 60), tol = 1e-13)$root
alpha <- (1 - grid$level) / 2
write(cbind(grid, lower = pmax(0, mapply(solve_for, grid$mean, 1 - alpha) - 1),
            upper = mapply(solve_for, grid$mean, alpha)), "funnel.csv")

# qf: the limits of a ratio of two counts, each read as clusters of `dispersion` events
grid <- merge(data.frame(count_1 = c(0, 1, 5, 419, 744, 1738, 8224), exposure_1 = c(1, 2, 365, 366, 1, 365, 1),
                         count_2 = c(3, 9, 0, 67, 343, 1612, 7000), exposure_2 = c(1, 3, 366, 365, 1, 365, 2)),
              merge(data.frame(dispersion = c(1, 1.5, 7.2, 71.4)), data.frame(level = c(0.9, 0.95, 0.998))))
limits <- with(grid, {
  a <- count_2 / dispersion
  b <- count_1 / dispersion
  alpha <- (1 - level) / 2
  times <- exposure_2 / exposure_1
  suppressWarnings(list(
    lower = ifelse(b == 0, 0, b / (a + 1) * qf(alpha, 2 * b, 2 * a + 2)) * times,
    upper = ifelse(a == 0, Inf, (b + 1) / a * qf(1 - alpha, 2 * b + 2, 2 * a)) * times))
})
write(cbind(grid, lower = limits$lower, upper = limits$upper), "rate_ratio_dispersed.csv")

# qbeta, and Wilson's formula: the limits of a share of an effective size, whole / dispersion
grid <- merge(data.frame(part = c(0, 1, 30, 119, 146, 500), whole = c(120, 120, 120, 120, 41246, 1000)),
              merge(data.frame(dispersion = c(1, 1.5, 7.2, 71.4)), data.frame(level = c(0.9, 0.95, 0.998))))
limits <- with(grid, {
  x <- part / dispersion
  n <- whole / dispersion
  alpha <- (1 - level) / 2
  z <- qnorm(1 - alpha)
  centre <- (x + z^2 / 2) / (n + z^2)
  half <- z / (n + z^2) * sqrt(x * (n - x) / n + z^2 / 4)
  list(exact_lower = ifelse(x == 0, 0, qbeta(alpha, x, n - x + 1)),
       exact_upper = qbeta(1 - alpha, x + 1, n - x),
       wilson_lower = ifelse(x == 0, 0, centre - half), wilson_upper = centre + half)
})
write(cbind(grid, as.data.frame(limits)), "shares_dispersed.csv")

# p.adjust: Holm's and Benjamini and Hochberg's, missing ones left out of the family
p <- c(0.01, 0.04, NA, 0.03, 0.005, 0.8, 0.04, 1, 0, 0.2, NA)
write(data.frame(p, holm = p.adjust(p, "holm"), bh = p.adjust(p, "BH")), "p_adjusted.csv")
