length(acts_for) = 3 AND acts_for BETWEEN 'AAA' AND 'ZZZ'
